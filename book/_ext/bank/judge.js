// What an answer to a question of the bank is worth: { right, said }, where said is a list of sentences.
// No page is known here.
import { judged } from "../recall/typed.js";

const PLACES = ["no", "one", "two", "three", "four", "five", "six", "seven"];
const inWords = (count) => PLACES[count] ?? String(count);

/** Whether a number is the right one with fewer digits than are asked for. */
const tooShort = (value, right, digits) =>
  Array.from({ length: digits - 1 }, (_, k) => Number(right.toPrecision(k + 1))).includes(value);

/** A number as it was typed, for a variant [asked, answer, [right, within], [[wrong, within, which], …]]. */
export function judgeNumber(text, { digits, said }, [, , right, wrong]) {
  const slips = wrong.map(([value, within]) => [value, within]);
  const { error, right: isRight, slip, value } = judged(text, { right, slips });
  if (error) return { error: `Your number: ${error}.` };
  if (isRight) return { right: true, said: [] };
  if (slip >= 0) return { right: false, said: [said[wrong[slip][2]]] };
  if (tooShort(value, right[0], digits))
    return {
      right: false,
      said: [`Right as far as it goes; ${inWords(digits)} significant digits are asked for.`],
    };
  return { right: false, said: [] };
}

/** An order of the steps, by their numbers: the known wrong orders in it, or how many stand right. */
export function judgeOrder(order, { said, swaps, places }) {
  const stands = (step, place) => places[step].includes(place);
  if (order.every(stands)) return { right: true, said: [said] };
  const known = swaps.filter(([late, early]) => order.indexOf(late) > order.indexOf(early));
  if (known.length) return { right: false, said: known.map(([, , why]) => why) };
  const there = order.filter(stands).length;
  const some = `${there} of the ${order.length} ${there === 1 ? "stands" : "stand"} where it belongs.`;
  return { right: false, said: [there > 1 ? some.replace("it belongs", "they belong") : some] };
}

/** What was chosen for each of the pairs; "" where nothing was. A sentence for each. */
export function judgeMatch(chosen, { pairs, decoys }) {
  const said = pairs.map(([, right, why], at) => {
    if (chosen[at] === right) return { right: true, said: why };
    if (!chosen[at]) return { right: false, said: "Nothing is chosen yet." };
    const decoy = decoys.find(([text]) => text === chosen[at]);
    const other = pairs.find(([, text]) => text === chosen[at]);
    return { right: false, said: decoy ? decoy[1] : `That belongs to “${other[0]}”.` };
  });
  return { right: said.every((one) => one.right), said };
}
