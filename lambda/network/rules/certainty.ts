/** What can be told of a fact: that it is so, that it isn't, or nothing. */
export type Certainty = boolean | undefined;

/** Whether one of several holds. */
export function anyOf(answers: readonly Certainty[]): Certainty {
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
}

/** Whether all of several hold. */
export function allOf(answers: readonly Certainty[]): Certainty {
  return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
}

/** One that is missing from a list may be among those that are not known. */
export function anyIn<T>(
  listing: { readonly items: readonly T[]; readonly isComplete: boolean } | undefined,
  answer: (item: T) => Certainty,
): Certainty {
  return listing === undefined
    ? undefined
    : anyOf([...listing.items.map(answer), ...(listing.isComplete ? [] : [undefined])]);
}
