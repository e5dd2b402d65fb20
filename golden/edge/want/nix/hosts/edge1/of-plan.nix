{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "f6a178e9c7f79475d28dcaa15ef83ed85c1e7e6343f58e45cde50cc83beeea20\n";
}
