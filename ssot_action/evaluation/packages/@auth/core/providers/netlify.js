// Model of @auth/core/providers/netlify, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("netlify", "Netlify", "oauth");
