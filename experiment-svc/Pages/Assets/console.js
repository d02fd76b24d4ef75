// Everything works without this: it refreshes numbers, gives the split handles, and turns charts into pictures.
"use strict";
(() => {
  const everyMs = 5000;
  const status = document.getElementById("live");
  let typed = false;
  addEventListener("input", () => { typed = true; });

  // Only numbers are replaced, never a form: what somebody types stays.
  async function refresh() {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.pathname + location.search, { headers: { "X-Refresh": "1" }, redirect: "error" });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const old of document.querySelectorAll("[data-live]")) {
        const now = fresh.getElementById(old.id);
        if (now && now.innerHTML !== old.innerHTML && !old.contains(document.activeElement)) keepOpen(old, now);
      }
      announce(fresh);
      status.textContent = "";
    } catch {
      status.textContent = "Not refreshed: the console does not answer, or you are signed out. These are the last numbers.";
    }
  }

  function keepOpen(old, now) {
    const open = [...old.querySelectorAll("details")].map(one => one.open);
    const moved = [...old.querySelectorAll(".wide")].map(one => one.scrollLeft);
    old.innerHTML = now.innerHTML;
    old.querySelectorAll(".wide").forEach((one, i) => { one.scrollLeft = moved[i] ?? 0; });
    old.querySelectorAll("details").forEach((one, i) => { one.open = open[i] ?? one.open; });
  }

  // Somebody else's edit is told, and what is typed here stays as it is.
  function announce(fresh) {
    const note = document.getElementById("changed");
    const now = fresh.querySelector("[data-version-now]");
    if (!note || !now || now.dataset.versionNow === note.dataset.version) return;
    const who = now.dataset.changedBy || "Somebody";
    note.textContent = typed
      ? `${who} has just changed this experiment. What you typed is still here; reload to see the change, or preview to compare.`
      : `${who} has just changed this experiment. Reload to see it.`;
    note.hidden = false;
  }

  if (document.querySelector("[data-live]") && document.querySelector("nav")) setInterval(refresh, everyMs);

  // Handles over the split's bar: dragged, or moved by arrow keys; the fields below say the exact numbers.
  const bar = document.querySelector("svg[data-split]");
  const form = bar && document.getElementById(bar.dataset.split);
  if (form) {
    const fields = [...form.querySelectorAll("input[name^='share.']")];
    const shares = () => fields.map(field => Number.parseFloat(field.value.replace(",", ".")) || 0);
    const handles = document.createElement("div");
    handles.className = "handles";
    bar.after(handles);
    const buttons = fields.slice(1).map((_, i) => {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("role", "slider");
      button.setAttribute("aria-label", `Between ${fields[i].name.slice(6)} and ${fields[i + 1].name.slice(6)}`);
      button.setAttribute("aria-valuemin", "0");
      button.setAttribute("aria-valuemax", "100");
      handles.append(button);
      button.addEventListener("keydown", event => {
        const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
        if (!step) return;
        event.preventDefault();
        move(i, edge(i) + step);
      });
      button.addEventListener("pointerdown", event => button.setPointerCapture(event.pointerId));
      button.addEventListener("pointermove", event => {
        if (!button.hasPointerCapture(event.pointerId)) return;
        const box = bar.getBoundingClientRect();
        move(i, (event.clientX - box.left) / box.width * 100);
      });
      return button;
    });
    const edge = i => shares().slice(0, i + 1).reduce((sum, share) => sum + share, 0);
    const show = () => {
      let from = 0;
      const now = shares();
      now.forEach((share, i) => {
        const part = bar.children[i];
        if (part) { part.setAttribute("x", from * 10); part.setAttribute("width", Math.max(0, share * 10)); }
        from += share;
        const button = buttons[i];
        if (!button) return;
        button.style.left = `${Math.min(100, from)}%`;
        button.setAttribute("aria-valuenow", Math.round(from));
        button.setAttribute("aria-valuetext", `${fields[i].name.slice(6)} ${share} %, ${fields[i + 1].name.slice(6)} ${now[i + 1]} %`);
      });
    };
    const move = (i, to) => {
      const now = shares();
      const before = edge(i) - now[i];
      const both = now[i] + now[i + 1];
      const left = Math.min(both, Math.max(0, Math.round(to - before)));
      fields[i].value = String(left);
      fields[i + 1].value = String(Math.round((both - left) * 1e6) / 1e6);
      typed = true;
      show();
    };
    fields.forEach(field => field.addEventListener("input", show));
    show();
  }

  // A chart as a picture: its own elements with the colours they have now.
  document.documentElement.classList.add("script");
  document.addEventListener("click", event => {
    const button = event.target.closest("button[data-png]");
    if (button) save(button);
  });

  // Away from its page a picture has to say itself what it shows, and which line is whose.
  function write(pen, figure, color, y) {
    pen.fillStyle = color;
    pen.font = "600 13px system-ui, sans-serif";
    pen.fillText(figure.querySelector("figcaption").textContent, 12, 19);
    pen.font = "12px system-ui, sans-serif";
    let x = 12;
    for (const item of figure.querySelectorAll(".legend li")) {
      const line = getComputedStyle(item.querySelector("line"));
      pen.strokeStyle = line.stroke;
      pen.lineWidth = 2;
      pen.setLineDash(line.strokeDasharray.split(/[ ,]+/).map(Number.parseFloat).filter(Number.isFinite));
      pen.beginPath(); pen.moveTo(x, y - 4); pen.lineTo(x + 28, y - 4); pen.stroke();
      const name = item.textContent.trim();
      pen.fillText(name, x + 34, y);
      x += 52 + pen.measureText(name).width;
    }
  }

  function save(button) {
    const chart = document.getElementById(button.dataset.png);
    const copy = chart.cloneNode(true);
    const from = [chart, ...chart.querySelectorAll("*")];
    [copy, ...copy.querySelectorAll("*")].forEach((one, i) => {
      const look = getComputedStyle(from[i]);
      for (const name of ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "font", "text-anchor"]) one.setAttribute(name, look.getPropertyValue(name));
    });
    const { width, height } = chart.viewBox.baseVal;
    copy.setAttribute("width", width); copy.setAttribute("height", height); copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    const picture = new Image();
    picture.onload = () => {
      const [head, foot] = [28, 26];
      const { backgroundColor, color } = getComputedStyle(document.body);
      const canvas = document.createElement("canvas");
      canvas.width = width * 2; canvas.height = (height + head + foot) * 2;
      const pen = canvas.getContext("2d");
      pen.scale(2, 2);
      pen.fillStyle = backgroundColor;
      pen.fillRect(0, 0, width, height + head + foot);
      pen.drawImage(picture, 0, head, width, height);
      write(pen, chart.closest("figure"), color, head + height + 16);
      const link = document.createElement("a");
      link.download = `${button.dataset.name}.png`;
      link.href = canvas.toDataURL("image/png");
      link.click();
    };
    picture.src = `data:image/svg+xml;base64,${btoa(unescape(encodeURIComponent(new XMLSerializer().serializeToString(copy))))}`;
  }
})();
