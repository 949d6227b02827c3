// Model of @auth/core/providers/facebook, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("facebook", "Facebook", "oauth");
