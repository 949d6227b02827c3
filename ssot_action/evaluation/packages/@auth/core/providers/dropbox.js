// Model of @auth/core/providers/dropbox, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("dropbox", "Dropbox", "oauth");
