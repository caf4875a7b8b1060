import type { Judge } from "./types";

export const judge: Judge = () => [];
