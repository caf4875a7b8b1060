import { ANSWER_MS, CONNECT_MS } from "../aws";
import { CLEAN_UP_MS } from "../clean-up";
import type { Deadlines } from "../report/validate";
import type { Settings } from "./settings";

/** For the requests themselves, besides the time that the user gives changes to propagate. */
const REQUESTS_MS = 60_000;

/** How long a run over some destinations and each call of it may take. */
export function deadlinesOf({ assumeMs, s3Ms, runMs, concurrency }: Settings, destinations: number): Deadlines {
  const rounds = Math.max(1, Math.ceil(destinations / concurrency));
  const seconds = (milliseconds: number) => milliseconds / 1_000;
  return {
    runSeconds: seconds(runMs ?? rounds * (Math.max(assumeMs, s3Ms) + REQUESTS_MS)),
    connectSeconds: seconds(CONNECT_MS),
    answerSeconds: seconds(ANSWER_MS),
    cleanUpSeconds: seconds(CLEAN_UP_MS),
  };
}
