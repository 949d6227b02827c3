// Model of @auth/core/providers/pinterest, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("pinterest", "Pinterest", "oauth");
