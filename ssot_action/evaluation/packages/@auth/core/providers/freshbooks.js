// Model of @auth/core/providers/freshbooks, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("freshbooks", "Freshbooks", "oauth");
