// Model of @auth/core/providers/strava, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("strava", "Strava", "oauth");
