/**
 * All the script that the page has, and it does without. It takes the token of a personal link out of the address, so
 * that neither a bookmark nor a picture of the screen carries it, keeps it for this tab only, and asks what comes next:
 * when the page is looked at, and every half minute. It also keeps the place when the language is switched.
 */
export const script = `(function(){
var d=document,box=d.getElementById('next'),store,token=location.hash.slice(1);
try{store=sessionStorage}catch(e){}
if(/^[\\w-]{27}$/.test(token)){try{store.setItem('guide',token)}catch(e){}history.replaceState(null,'',location.pathname+location.search)}
else{token='';try{token=store.getItem('guide')||''}catch(e){}}
d.querySelector('.langs').addEventListener('click',function(e){var a=e.target.closest('a');if(a)a.hash=location.hash});
function ask(){if(!token||d.hidden)return;
fetch(location.pathname.replace(/\\/$/,'')+'/next',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({token:token}),credentials:'omit',cache:'no-store'})
.then(function(r){return r.ok?r.json():null}).then(function(a){if(!a)return;
box.querySelectorAll('[data-next]').forEach(function(p){p.hidden=p.dataset.next!==a.next});box.hidden=false}).catch(function(){})}
d.addEventListener('visibilitychange',ask);setInterval(ask,30000);ask()
})();`;
