/** Something that the person can mend. Its message says what is wrong and what to do, and is all that is shown. */
export class Trouble extends Error {}
