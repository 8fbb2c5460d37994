using Ziggie.Dummy;

return new Script(args).Run();
