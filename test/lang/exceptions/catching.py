# What may stand behind except: classes, or one tuple of them; all are looked at before any is matched.
def caught(types):
    try:
        try:
            raise ValueError("v")
        except types as e:
            print("caught", e)
    except Exception as e:
        print(type(e).__name__)

caught(ValueError)
caught((KeyError, Exception))
caught((KeyError, IndexError))
caught((IndexError, (ValueError, KeyError)))
caught((ValueError, 3))
caught(())
caught("ValueError")
# expect: caught v
# expect: caught v
# expect: ValueError
# expect: TypeError
# expect: TypeError
# expect: ValueError
# expect: TypeError
