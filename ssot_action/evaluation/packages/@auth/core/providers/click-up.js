// Model of @auth/core/providers/click-up, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("click-up", "ClickUp", "oauth");
