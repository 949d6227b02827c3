// Model of @auth/core/providers/instagram, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("instagram", "Instagram", "oauth");
