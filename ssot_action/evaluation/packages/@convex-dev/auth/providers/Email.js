// Model of @convex-dev/auth/providers/Email, checked against 0.0.95.
export function Email(config) {
  return {
    id: "email",
    type: "email",
    name: "Email",
    from: "Auth.js <no-reply@authjs.dev>",
    maxAge: 60 * 60,
    sendVerificationRequest: config.sendVerificationRequest,
    options: config,
  };
}
