export { junitDocument, linesOf, type Property, resultCase, suite } from "./elements";
export type { XmlElement } from "./xml";
