using XtndOrleans.Server.Hosting;
using XtndOrleans.Server.Onboarding;

return args is ["onboard", ..] ? await OnboardCommand.Run(args[1..]) : await ServerHost.Run(args);
