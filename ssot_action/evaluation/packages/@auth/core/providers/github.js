// Model of @auth/core/providers/github, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("github", "GitHub", "oauth");
