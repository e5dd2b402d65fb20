{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "309ee9aebf84dad1e80b0fbafb511854aae761a9d0bc1a1f1765152df3085ad2\n";
}
