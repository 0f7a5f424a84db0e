// What the page shows, one screen at a time. It keeps nothing but in memory, and that goes when the
// page is left. Every text is put in as text: none of it can become a tag.
const show = (rules, words) => {
  const walk = flow(rules);
  const main = document.querySelector("main");
  const QUICK = 1500;
  let answers, settled, rung, lastEscape;

  const fresh = () => {
    answers = new Map();
    settled = new Set();
    rung = new Set();
    lastEscape = -Infinity;
  };

  const element = (tag, given = {}, ...inner) => {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(given))
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false) made.setAttribute(key, value);
    made.append(...inner);
    return made;
  };
  const paragraph = (text, kind = "") => element("p", kind ? { class: kind } : {}, text);
  const button = (text, action, kind = "") =>
    element("button", { type: "button", onclick: action, ...(kind ? { class: kind } : {}) }, text);
  const list = (texts) => element("ul", {}, ...texts.map((text) => element("li", {}, text)));
  const buttons = (...all) => element("div", { class: "buttons" }, ...all);

  // A new screen: the heading takes the focus, so that a screen reader begins there.
  const screen = (title, ...inner) => {
    const heading = element("h1", { id: "title", tabindex: "-1" }, title);
    main.replaceChildren(heading, ...inner);
    document.title = words.title;
    window.scrollTo(0, 0);
    heading.focus();
  };

  const leave = () => {
    fresh();
    document.body.replaceChildren();
    document.title = " ";
    window.location.replace("about:blank");
  };

  // --- the way through

  const next = () => walk.path(answers).find((each) => !settled.has(each));

  const goOn = () => {
    const id = next();
    if (id !== undefined) return question(id);
    return walk.isOut(answers) ? out() : review();
  };

  const back = (id) => {
    const path = walk.path(answers);
    const before = path[path.indexOf(id) - 1];
    if (before === undefined) return start();
    settled.delete(before);
    return question(before);
  };

  const take = (id, answer) => {
    const old = answers.get(id);
    const changed = old !== undefined && String([old].flat().sort()) !== String([answer].flat().sort());
    answers.set(id, answer);
    settled.add(id);
    const due = walk.due(answers, changed ? id : undefined, rung);
    return due.length ? alerts(due) : goOn();
  };

  // --- screens

  const start = () =>
    screen(
      words.title,
      ...words.opening.map((text) => paragraph(text)),
      buttons(button(words.begin, goOn, "first")),
    );

  const question = (id) => {
    const asked = walk.byId.get(id);
    const path = walk.path(answers);
    const several = asked.kind === "many";
    const old = [answers.get(id) ?? []].flat();
    const slip = element("p", { role: "alert", class: "slip" });
    const inputs = asked.options.map(([word]) =>
      element("input", {
        type: several ? "checkbox" : "radio", name: "answer", value: word,
        checked: old.includes(word), onchange: (event) => alone(event.target),
      }),
    );
    // None, not sure and prefer not to say stand alone; what is taken off for them is said.
    const alone = (changed) => {
      slip.textContent = "";
      if (!several || !changed.checked) return;
      const is = (input) => rules.alone.includes(input.value);
      const off = inputs.filter(
        (input) => input !== changed && input.checked && (is(input) || is(changed)),
      );
      off.forEach((input) => (input.checked = false));
      if (off.length) slip.textContent = words.taken_off;
    };
    const rows = asked.options.map(([, label], at) =>
      element("label", { class: "answer" }, inputs[at], element("span", {}, label)),
    );
    const submit = (event) => {
      event.preventDefault();
      const chosen = inputs.filter((input) => input.checked).map((input) => input.value);
      if (!chosen.length) {
        slip.textContent = words.choose;
        return inputs[0].focus();
      }
      const bare = !several || ["unsure", "skip"].includes(chosen[0]);
      return take(id, bare ? chosen[0] : chosen);
    };
    const hint = [several ? words.several : words.one, asked.here].filter(Boolean).join(" ");
    screen(
      asked.ask,
      paragraph(
        words.progress.replace("{n}", path.indexOf(id) + 1).replace("{all}", path.length).replace("{part}", asked.part),
        "quiet",
      ),
      element("details", {}, element("summary", {}, words.why), paragraph(asked.why)),
      element(
        "form", { onsubmit: submit, autocomplete: "off", novalidate: true },
        element("fieldset", { "aria-labelledby": "title how" }, element("legend", { id: "how" }, hint), ...rows),
        slip,
        buttons(element("button", { type: "submit", class: "first" }, words.next), button(words.back, () => back(id))),
      ),
    );
  };

  const told = (due) =>
    due.flatMap((alert) => [element("h2", {}, alert.title), paragraph(alert.text), list(alert.lines)]);

  const alerts = (due) => {
    const holds = due.some((alert) => alert.hold);
    const away = holds ? [button(words.stop, () => stopped(due), "first")] : [];
    screen(
      words.before_more,
      element("div", { class: "urgent" }, ...told(due), paragraph(words.tell_someone)),
      buttons(...away, button(words.go_on, goOn, holds ? "" : "first")),
    );
  };

  const stopped = (due) =>
    screen(
      words.stopped,
      element("div", { class: "urgent" }, ...told(due), paragraph(words.tell_someone)),
      buttons(button(words.hand_over_now, handOver), button(words.go_on, goOn)),
    );

  const out = () =>
    screen(
      words.out,
      ...rules.out_of_scope.map((text) => paragraph(text)),
      list(rules.help),
      buttons(button(words.back, again), button(words.clear, clear)),
    );
  // It may have been a key pressed once too often.
  const again = () => (settled.delete(rules.scope.question), question(rules.scope.question));

  const review = () => {
    const rows = walk.path(answers).map((id) => {
      const asked = walk.byId.get(id);
      const labels = new Map(asked.options);
      const given = [answers.get(id)].flat().map((word) => labels.get(word)).join("; ");
      const change = button(words.change, () => question(id));
      change.setAttribute("aria-label", `${words.change}: ${asked.ask}`);
      return element("li", {}, element("span", { class: "quiet" }, asked.ask), element("strong", {}, given), change);
    });
    screen(
      words.review,
      paragraph(words.review_text),
      buttons(button(words.done, handOver, "first")),
      element("ol", { class: "given" }, ...rows),
    );
  };

  const file = () => {
    const now = new Date().toISOString().replace(/\.\d+Z$/, "Z");
    const text = JSON.stringify(walk.response(answers, now), null, 1) + "\n";
    return rules.recipient ? age.encrypt(Uint8Array.from(rules.recipient), text) : text;
  };

  const save = () => {
    const kind = rules.recipient ? "application/octet-stream" : "application/fhir+json";
    const url = URL.createObjectURL(new Blob([file()], { type: kind }));
    const link = element("a", { href: url, download: rules.recipient ? "answers.age" : "answers.json" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    saved.textContent = words.saved;
  };
  const saved = element("p", { role: "status" });

  const handOver = () => {
    saved.textContent = "";
    const code = [
      element("h2", { id: "code" }, words.code),
      paragraph(words.code_text),
      element("p", { class: "code", "aria-labelledby": "code", role: "group" }, walk.code(answers)),
    ];
    screen(
      words.hand_over,
      paragraph(words.no_advice),
      paragraph(rules.recipient ? words.file_locked : words.file_open),
      buttons(button(words.save, save, "first")),
      saved,
      ...(rules.recipient ? [] : code),
      buttons(button(words.see_answers, goOn), button(words.clear, clear)),
    );
  };

  const clear = () =>
    screen(
      words.clear_sure,
      paragraph(words.clear_text),
      buttons(button(words.clear_yes, () => (fresh(), start())), button(words.clear_no, goOn)),
    );

  // --- always there

  document.querySelector("#leave").addEventListener("click", leave);
  document.querySelector("#larger").addEventListener("click", (event) => {
    const larger = document.documentElement.classList.toggle("larger");
    event.currentTarget.setAttribute("aria-pressed", String(larger));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (event.timeStamp - lastEscape < QUICK) leave();
    lastEscape = event.timeStamp;
  });
  // A browser may keep a page that was left, to show it again. Then it is an empty one.
  window.addEventListener("pagehide", () => (fresh(), main.replaceChildren()));
  window.addEventListener("pageshow", (event) => event.persisted && start());

  fresh();
  start();
  return { walk, file, take, state: () => ({ answers: Object.fromEntries(answers), next: next() ?? null }) };
};
const data = JSON.parse(document.querySelector("#data").textContent);
window.page = show(data.rules, data.words);
