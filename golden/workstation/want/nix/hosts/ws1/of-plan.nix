{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "f3f07bd9b3a58bc8943accb2ae68bbf421534ef97429590efb91e614a86a45df\n";
}
