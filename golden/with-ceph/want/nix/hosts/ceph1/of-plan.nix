{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "50978b3c14dff3d5eb3fe47ffb39d025e26b584e429d3ce88f9aaad00fa6a4c3\n";
}
