import { App } from "cdktf";
import { KandjiStack } from "./kandji/stack";
import { SixSenseStack } from "./six-sense/stack";

const app = new App();
new KandjiStack(app, "kandji");
new SixSenseStack(app, "sixsense");
app.synth();
