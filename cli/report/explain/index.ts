export { answerJson } from "./json";
export { answerText } from "./text";
