{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "d74d4e37e386cd4eb74a642ab3b34ba5c3b448c4a775ff8494dac6742f8cd3b0\n";
}
