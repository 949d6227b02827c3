// Model of @convex-dev/auth/providers/Phone, checked against 0.0.95.
export function Phone(config) {
  return {
    id: "phone",
    type: "phone",
    maxAge: 60 * 20,
    sendVerificationRequest: config.sendVerificationRequest,
    options: config,
  };
}
