{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "51dd7a860229f168e0c83bf9890d5afa2c3f1e4a3ae938c50ab393fabc99463d\n";
}
