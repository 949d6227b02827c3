// Model of @auth/core/providers/credentials, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("credentials", "Credentials", "credentials");
