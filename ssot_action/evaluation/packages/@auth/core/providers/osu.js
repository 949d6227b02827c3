// Model of @auth/core/providers/osu, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("osu", "osu!", "oauth");
