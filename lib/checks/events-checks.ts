import type { IConstruct } from "constructs";
import * as errors from "../errors";
import { choice, listOf, objectWith, optional, type Rules, tags, wholeNumber } from "../props";
import { checkProps } from "./check-props";

const EVENTS_RULES: Rules = {
  destinations: listOf(objectWith("a VendorDestination", "bucket", "connectionDetails")),
  source: optional(choice(["bucketNotification", "eventBridge"])),
  messageRetentionSeconds: optional(wholeNumber(60, 1_209_600)),
  tags: optional(tags),
};

interface EventsProps {
  readonly destinations: readonly (IConstruct & { readonly bucket: IConstruct })[];
}

/** Throws if a prop of delivery events is known and wrong, or if the destinations are in several buckets. */
export function checkEventsProps(props: EventsProps, at: string): void {
  checkProps(EVENTS_RULES, props, at);
  const [first, ...others] = props.destinations;
  if (first === undefined) throw errors.noDestinations(at);
  const other = others.find(({ bucket }) => bucket !== first.bucket);
  if (other) throw errors.eventsOfSeveralBuckets(first.node.path, other.node.path, at);
}
