// Model of @auth/core/providers/passkey, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("passkey", "Passkey", "webauthn");
