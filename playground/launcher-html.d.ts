/** The bundler puts the file in as text. */
declare module '*.html' {
  const text: string;
  export = text;
}
