{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "19ddeabd16872fa03833fe854a3763a8e9eab62369b458e84aa4fe309e53c805\n";
}
