"use strict";

// The recording: a click on a word or a time seeks, and the word that is spoken is marked.
{
  const media = document.querySelector("audio, video");
  const transcript = document.querySelector("main");
  const spans = [...transcript.querySelectorAll(".text [data-start]")];
  const starts = spans.map((span) => Number(span.dataset.start));
  let spoken = null;

  const seek = (event) => {
    const target = event.target.closest("[data-start]");
    const isSelecting = !getSelection().isCollapsed;
    if (!target || isSelecting || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    media.currentTime = Number(target.dataset.start);
    media.play().catch(() => {});
  };

  const follow = () => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= media.currentTime + 0.05) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const current = spans[low - 1] ?? null;
    if (current !== spoken) {
      spoken?.classList.remove("spoken");
      current?.classList.add("spoken");
      spoken = current;
    }
  };

  const giveUp = () => {
    media.hidden = true;
    document.getElementById("missing").hidden = false;
    transcript.classList.remove("seekable");
    transcript.removeEventListener("click", seek);
    for (const link of transcript.querySelectorAll(".when a")) {
      link.removeAttribute("href");
    }
  };

  if (media) {
    transcript.classList.add("seekable");
    transcript.addEventListener("click", seek);
    media.addEventListener("timeupdate", follow);
    media.addEventListener("seeking", follow);
    media.addEventListener("error", giveUp);
    if (media.error) {
      giveUp();
    }
  }
}

// The search box marks what it finds; Enter goes to the next place.
{
  const MOST = 2000;
  const form = document.querySelector("form");
  const query = document.getElementById("query");
  const found = document.getElementById("found");
  const paragraphs = [...document.querySelectorAll("main .text")];
  // Each place is a list of marks, for it may run over several words.
  let places = [];
  let current = -1;
  let timer = 0;

  const clear = () => {
    const touched = new Set();
    for (const mark of places.flat()) {
      touched.add(mark.parentNode);
      mark.replaceWith(...mark.childNodes);
    }
    touched.forEach((node) => node.normalize());
    places = [];
    current = -1;
  };

  const textNodes = (paragraph) => {
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let end = 0;
    while (walker.nextNode()) {
      const start = end;
      end += walker.currentNode.length;
      nodes.push({ node: walker.currentNode, start, end });
    }
    return nodes;
  };

  const wrap = (node, from, to) => {
    const part = node.splitText(from);
    part.splitText(to - from);
    const mark = document.createElement("mark");
    part.replaceWith(mark);
    mark.append(part);
    return mark;
  };

  // From the last place to the first, so that splitting a node leaves the earlier positions right.
  const markPlaces = (paragraph, pattern) => {
    const nodes = textNodes(paragraph);
    const matches = [...paragraph.textContent.matchAll(pattern)].reverse();
    let last = nodes.length - 1;
    const marked = [];
    for (const match of matches) {
      const from = match.index;
      const to = from + match[0].length;
      while (nodes[last].start >= to) {
        last -= 1;
      }
      const marks = [];
      for (let index = last; index >= 0 && nodes[index].end > from; index -= 1) {
        const { node, start, end } = nodes[index];
        marks.unshift(wrap(node, Math.max(from - start, 0), Math.min(to, end) - start));
      }
      marked.unshift(marks);
    }
    return marked;
  };

  const tell = () => {
    const count = places.length >= MOST ? `${MOST} or more` : places.length;
    const total = places.length === 1 ? "1 place" : `${count} places`;
    found.textContent = current < 0 ? total : `${current + 1} of ${total}`;
  };

  const search = () => {
    clear();
    const words = query.value.trim().split(/\s+/).filter(Boolean);
    if (words.length === 0) {
      found.textContent = "";
      return;
    }
    const escaped = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&"));
    const pattern = new RegExp(escaped.join("\\s+"), "gi");
    for (const paragraph of paragraphs) {
      if (places.length >= MOST) {
        break;
      }
      places.push(...markPlaces(paragraph, pattern));
    }
    tell();
  };

  const go = (step) => {
    clearTimeout(timer);
    if (places.length === 0) {
      search();
    }
    if (places.length === 0) {
      return;
    }
    places[current]?.forEach((mark) => mark.classList.remove("current"));
    current = current < 0 && step < 0 ? places.length - 1 : (current + step + places.length) % places.length;
    places[current].forEach((mark) => mark.classList.add("current"));
    places[current][0].scrollIntoView({ block: "center" });
    tell();
  };

  form.hidden = false;
  query.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 150);
  });
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      go(-1);
    }
  });
  document.getElementById("previous").addEventListener("click", () => go(-1));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go(1);
  });
}
