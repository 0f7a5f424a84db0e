// Which questions apply, and when an alert rings: the same walk as in the program, whose tests hold
// the two equal. A truth is true, false, or null for "not known".
const flow = (rules) => {
  const UNKNOWN = ["unsure", "skip"];
  const byId = new Map(rules.questions.map((question) => [question.id, question]));

  // A view holds for each question: undefined (not asked), null (not known), a word, or a Set.
  const leaf = (view, [, name, op, accepts]) => {
    const value = view.get(name);
    if (value === undefined) return false;
    if (op === "answered") return (value !== null) === accepts.includes("true");
    if (value === null) return null;
    if (typeof value === "string") return accepts.includes(value);
    const met = accepts.filter((each) => value.has(each)).length;
    if (op === "exactly") return met === accepts.length && met === value.size;
    return met >= (op === "two_with" ? 2 : 1);
  };

  const holds = (view, condition) => {
    if (condition[0] === "leaf") return leaf(view, condition);
    const found = condition[1].map((part) => holds(view, part));
    if (condition[0] === "all") return found.includes(false) ? false : found.includes(null) ? null : true;
    const any = found.includes(true) ? true : found.includes(null) ? null : false;
    return condition[0] === "any" || any === null ? any : !any;
  };

  const valueOf = (question, answer) => {
    if (answer === undefined || UNKNOWN.includes(answer)) return null;
    return question.kind === "many" ? new Set(answer) : answer;
  };

  const count = (view, question) => {
    const chosen = view.get(question.derived.source);
    if (!(chosen instanceof Set)) return;
    const many = [...chosen].filter((each) => each !== "none").length;
    const found = question.derived.counts.find(([least]) => many >= least);
    if (found) view.set(question.id, found[1]);
  };

  const walk = (answers) => {
    const view = new Map();
    const asked = [];
    const waiting = [];
    for (const question of rules.questions) {
      const { id, derived } = question;
      const applies = question.when === null ? true : holds(view, question.when);
      if (applies === false) {
        view.set(id, undefined);
        if (derived && derived.when && holds(view, derived.when)) view.set(id, view.get(derived.source));
        continue;
      }
      asked.push(id);
      view.set(id, valueOf(question, answers.get(id)));
      if (derived && !derived.counts.length) {
        const taken = derived.when === null || holds(view, derived.when) === true;
        if (view.get(id) === null && taken) view.set(id, view.get(derived.source) ?? null);
      } else if (derived && view.get(id) === null) {
        if (view.has(derived.source)) count(view, question);
        else waiting.push(question);
      }
      for (const each of waiting) if (each.derived.source === id) count(view, each);
    }
    return { view, asked };
  };

  // All that apply now, answered or not. An answer that is out of scope ends the path.
  const path = (answers) => {
    const { view, asked } = walk(answers);
    const end = asked.indexOf(rules.scope.question);
    return rules.scope.out.includes(view.get(rules.scope.question)) ? asked.slice(0, end + 1) : asked;
  };

  const isOut = (answers) => rules.scope.out.includes(walk(answers).view.get(rules.scope.question));

  const names = (condition) =>
    condition[0] === "leaf" ? [condition[1]] : condition[1].flatMap((part) => names(part));

  // The alerts that have just become due. `rung` holds the rules that ring already, and is changed.
  const due = (answers, changed, rung) => {
    const { view } = walk(answers);
    const fresh = new Set();
    const now = [];
    rules.bells.forEach((bell, at) => {
      if (holds(view, bell.when) !== true) return;
      if (bell.unless && holds(view, bell.unless) === true) return;
      now.push(at);
      if (!rung.has(at) || names(bell.when).includes(changed)) fresh.add(bell.alert);
    });
    rung.clear();
    now.forEach((at) => rung.add(at));
    return rules.alerts.filter((alert) => fresh.has(alert.id));
  };

  // What a response holds: the answers on the path, each inside of the groups of the form.
  const response = (answers, authored) => {
    const asked = path(answers);
    const items = (shape) =>
      shape.flatMap(([link, inner]) => {
        if (inner) {
          const found = items(inner);
          return found.length ? [{ linkId: link, item: found }] : [];
        }
        const answer = asked.includes(link) ? answers.get(link) : undefined;
        if (answer === undefined) return [];
        const labels = new Map(byId.get(link).options);
        const coded = [answer].flat().map((word) => ({
          valueCoding: { ...rules.coding, code: `${link}.${word}`, display: labels.get(word) },
        }));
        return [{ linkId: link, text: byId.get(link).ask, answer: coded }];
      });
    const found = items(rules.shape);
    return {
      resourceType: "QuestionnaireResponse",
      language: "en",
      questionnaire: rules.questionnaire,
      status: asked.every((each) => answers.has(each)) ? "completed" : "in-progress",
      authored,
      ...(found.length ? { item: found } : {}),
    };
  };

  const polymod = (values) => {
    const terms = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
    return values.reduce((sum, value) => {
      const top = sum >>> 25;
      const next = ((sum & 0x1ffffff) << 5) ^ value;
      return terms.reduce((found, term, at) => ((top >>> at) & 1 ? found ^ term : found), next);
    }, 1);
  };

  const digit = (question, answer) => {
    if (answer === undefined) return 0n;
    if (UNKNOWN.includes(answer)) return BigInt(1 + UNKNOWN.indexOf(answer));
    const given = question.options.map(([word]) => word).filter((word) => !UNKNOWN.includes(word));
    if (question.kind !== "many") return BigInt(3 + given.indexOf(answer));
    const several = given.filter((word) => word !== "none");
    return 3n + several.reduce((sum, word, at) => sum + (answer.includes(word) ? 1n << BigInt(at) : 0n), 0n);
  };

  // The answers in letters that can be typed: see handover.py, which reads them.
  const code = (answers) => {
    const asked = path(answers);
    const given = (id) => (asked.includes(id) ? answers.get(id) : undefined);
    const number = rules.questions.reduce(
      (sum, each) => sum * BigInt(each.ways) + digit(each, given(each.id)), 0n,
    );
    const fives = (value, size) =>
      Array.from({ length: size }, (_, at) => Number((BigInt(value) >> BigInt(5 * (size - 1 - at))) & 31n));
    const values = [...rules.code.rules, ...fives(number, rules.code.size)];
    values.push(...fives((polymod([...values, 0, 0, 0, 0, 0, 0]) ^ rules.code.check) >>> 0, 6));
    const letters = values.map((value) => rules.code.letters[value]).join("").toUpperCase();
    return letters.match(/.{1,4}/g).join("-");
  };

  return { byId, path, isOut, due, response, code };
};
