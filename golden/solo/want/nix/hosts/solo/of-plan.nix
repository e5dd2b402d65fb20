{ ... }:
{
  # The configuration that plan.json names: apply looks for it in the system that was built.
  environment.etc."pve2nix/configuration".text =
    "cec7ad05e8f997140b8d2d77df779246ba32dd8bdb2eacdd93ceabda88f3d2ef\n";
}
