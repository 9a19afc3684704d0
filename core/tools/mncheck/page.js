// SPDX-License-Identifier: GPL-2.0-only
"use strict";
const rule = document.getElementById("rule"), folder = document.getElementById("folder");
const text = document.getElementById("text"), count = document.getElementById("count");
const items = [...document.querySelectorAll("#list > li")];
const articles = [...document.querySelectorAll("article")];

function filter() {
	const words = text.value.toLowerCase();
	let shown = 0;
	items.forEach((item, i) => {
		const fits = (!rule.value || item.dataset.rule === rule.value) &&
			(!folder.value || item.dataset.folder === folder.value) &&
			item.textContent.toLowerCase().includes(words);
		item.hidden = articles[i].hidden = !fits;
		shown += fits;
	});
	count.textContent = shown + " of " + items.length + " shown; j and k go to the next and the one before";
}

/* n findings on from the one that is in view */
function go(n) {
	const shown = articles.filter(article => !article.hidden);
	let at = shown.findIndex(article => article.getBoundingClientRect().bottom > 1);
	if (at < 0)
		at = shown.length - 1;
	const started = shown[at] && shown[at].getBoundingClientRect().top < 20;
	const next = shown[n > 0 ? at + (started ? 1 : 0) : at - 1];
	if (next) {
		next.scrollIntoView();
		next.focus({ preventScroll: true });
	}
}

function open_around(id) {
	const target = id && document.getElementById(id);
	for (let d = target && target.closest("details"); d; d = d.parentElement.closest("details"))
		d.open = true;
	if (target)
		target.scrollIntoView();
}

[rule, folder, text].forEach(field => field.addEventListener("input", filter));
document.getElementById("filter").addEventListener("submit", event => event.preventDefault());
document.addEventListener("keydown", event => {
	if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|SELECT)$/.test(event.target.tagName))
		return;
	if (event.key === "j" || event.key === "k")
		go(event.key === "j" ? 1 : -1);
	if (event.key === "/") {
		event.preventDefault();
		text.focus();
	}
});
window.addEventListener("hashchange", () => open_around(location.hash.slice(1)));
filter();
open_around(location.hash.slice(1));
