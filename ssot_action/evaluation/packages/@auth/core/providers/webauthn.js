// Model of @auth/core/providers/webauthn, checked against 0.37.4.
import { provider } from "./_provider.js";

export default provider("webauthn", "WebAuthn", "webauthn");
