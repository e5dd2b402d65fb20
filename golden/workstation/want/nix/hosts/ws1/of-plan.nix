{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "60cfc41bb2d8ea39654c6635081d2a2e933ad4dcaae88f6c8dc2c2c0d19fb358\n";
}
