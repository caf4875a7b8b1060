export { junitDocument, linesOf, resultCase, suite } from "./elements";
export type { XmlElement } from "./xml";
