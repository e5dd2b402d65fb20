{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "9ec0f4c7200d069902c89e443fcb736ac6f90608fe23d81818f2aadf2518cd9b\n";
}
