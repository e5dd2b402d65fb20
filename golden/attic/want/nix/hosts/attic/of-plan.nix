{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "308860536d8d060ffc997e93edf2cc70d7d36dd45f9542d8140968b87d8c82f0\n";
}
