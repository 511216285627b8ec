from ui.guard import guard

guard()
