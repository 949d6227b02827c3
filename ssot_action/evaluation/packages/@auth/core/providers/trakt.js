// Model of @auth/core/providers/trakt, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("trakt", "Trakt", "oauth");
