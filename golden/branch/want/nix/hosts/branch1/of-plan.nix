{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "8ed1244d3f39249f620801db020fd622b16868fa3281866e3e1aa168235c51c9\n";
}
