import { toHtml } from '../../playground/page/markdown';

test.each([
  ['one **bold** word', '<p>one <strong>bold</strong> word</p>'],
  ['a _slanted_ word', '<p>a <em>slanted</em> word</p>'],
  ['snake_case_name stays', '<p>snake_case_name stays</p>'],
  ['- one\n- two', '<ul><li>one</li><li>two</li></ul>'],
  ['1. one\n2. two', '<ol><li>one</li><li>two</li></ol>'],
  ['[here](https://aka.ms/x)', '<p><a href="https://aka.ms/x" target="_blank" rel="noreferrer noopener">here</a></p>'],
])('%j is drawn as Teams draws it', (text, html) => {
  expect(toHtml(text)).toBe(html);
});

test.each([
  ['<img src=x onerror=alert(1)>', '<p>&lt;img src=x onerror=alert(1)&gt;</p>'],
  ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
  ['[x](https://a"onmouseover="b)', '<p><a href="https://a&quot;onmouseover=&quot;b" '],
  ['\\*not bold\\* and \\<b\\>', '<p>*not bold* and &lt;b&gt;</p>'],
  ['\\[no link\\](https://a)', '<p>[no link](https://a)</p>'],
  ['\uE000 a character that stands for nothing \\*', '<p> a character that stands for nothing *</p>'],
])('%j of a person does not become markup', (text, html) => {
  expect(toHtml(text).startsWith(html)).toBe(true);
});
