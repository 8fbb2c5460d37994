using Ziggie.Api;

return await ZiggieProgram.RunAsync(args, Composition.Add, Console.Out, Console.Error);
